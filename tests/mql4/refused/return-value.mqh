#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(void)
  {
   return(1);
  }
#endif
// refused: return-value at 5:11
