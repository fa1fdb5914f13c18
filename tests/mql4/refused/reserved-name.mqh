#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
int Bid(void)
  {
   return(1);
  }
#endif
// refused: reserved-name at 3:5
