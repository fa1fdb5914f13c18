#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
int F(void)
  {
   return(1);
  }
int F(void)
  {
   return(2);
  }
#endif
// refused: defined-twice at 7:5
