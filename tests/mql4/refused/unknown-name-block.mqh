#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
int F(void)
  {
     {
      int a=0;
     }
   return(a);
  }
#endif
// refused: unknown-name at 8:11
